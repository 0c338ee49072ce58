# make build   a runnable ./mhdnet            make test   all tests, last line "N passed, N failed"
# make build CUDA=1   the same with torch's natives for NVIDIA GPUs (downloads several GB)
# make build DICOM=fo-dicom [DICOM_FEED=folder with its package]   decodes DICOM with fo-dicom where it can (docs/ct.md); test takes the same
# make demo    the main job on a synthetic cohort, in minutes            make clean  removes what the build made
HOST := src/Pipeline.Host/bin/Release/net10.0/linux-x64/mhdnet
SOURCES := $(shell find src build config -type f -not -path '*/bin/*' -not -path '*/obj/*' 2>/dev/null) \
	Directory.Build.props Directory.Build.targets Directory.Packages.props global.json .editorconfig
TESTS := $(shell find tests -type f -not -path '*/bin/*' -not -path '*/obj/*' 2>/dev/null)
STAMPS := obj
CHOICES := $(if $(CUDA),-p:Cuda=true) $(if $(DICOM),-p:Dicom=$(DICOM)) $(if $(DICOM_FEED),-p:DicomFeed=$(abspath $(DICOM_FEED)))
VARIANT := $(if $(CUDA),-cuda)$(if $(filter fo-dicom,$(DICOM)),-fo-dicom)
BUILT := $(STAMPS)/build$(VARIANT)
TESTS_BUILT := $(STAMPS)/test-build$(VARIANT)
OTHERS = $(filter-out $(BUILT) $(TESTS_BUILT),$(wildcard $(STAMPS)/build* $(STAMPS)/test-build*))
ifneq ($(filter-out fo-dicom,$(DICOM)),)
$(error DICOM is '$(DICOM)', where fo-dicom is possible)
endif

.PHONY: build test demo clean
build: $(BUILT)
	@echo "built: ./mhdnet --help"

test: $(TESTS_BUILT)
	@bash build/test.sh

demo: $(BUILT)
	@bash build/demo.sh

clean:
	rm -rf $(STAMPS) mhdnet demo src/*/bin src/*/obj tests/*/bin tests/*/obj benchmarks/*/bin benchmarks/*/obj

$(STAMPS)/packages: build/debian-packages.sh build/debian-packages.txt
	@bash build/debian-packages.sh
	@mkdir -p $(@D) && touch $@

# strace makes a slow disk, ip a network, a C compiler what makes a processor hide its caches; DCMTK, GDCM and OpenJPEG judge our decoders,
# DCMTK sends a study over the network. Where they cannot be had, the tests that want them skip, by name.
$(STAMPS)/test-packages: build/debian-packages.sh build/debian-packages.txt
	@bash build/debian-packages.sh strace iproute2 gcc libc6-dev dcmtk dicom3tools libgdcm-tools libopenjp2-tools || true
	@mkdir -p $(@D) && touch $@

$(BUILT): $(STAMPS)/packages $(SOURCES)
	dotnet build -c Release src/Pipeline.Host --nologo -v quiet $(CHOICES)
	@ln -sfn $(HOST) mhdnet
	@mkdir -p $(@D) && rm -f $(OTHERS) && touch $@

$(TESTS_BUILT): $(STAMPS)/packages $(STAMPS)/test-packages $(SOURCES) $(TESTS) MhdNet.Pipeline.sln
	dotnet build -c Release MhdNet.Pipeline.sln --nologo -v quiet $(CHOICES)
	@ln -sfn $(HOST) mhdnet
	@mkdir -p $(@D) && rm -f $(OTHERS) && touch $@ $(BUILT)
